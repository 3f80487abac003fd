account_id  = "123456789012"
cost_center = "workshop-1042"
owner       = "team-workshop"

monthly_limit_usd = 3500

cost_connector = {
  principal_arn = "arn:aws:iam::891928451355:root" # the account of Harness
  external_id   = "harness:891928451355:kmpySmUISimoRrJL6NL73w"
}

subscribers = {
  on_call = { protocol = "https", endpoint = "https://events.example.com/integration/workshop/enqueue" }
  chat    = { protocol = "email", endpoint = "alarms-aaaaexample@workshop-example.slack.com" } # INT-02: the address of a channel
  team    = { protocol = "email", endpoint = "workshop-team@example.com" }
}
