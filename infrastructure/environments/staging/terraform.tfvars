account_id  = "123456789012"
cost_center = "workshop-1042"
owner       = "team-workshop"
domain_name = "staging.workshop.example.com"
zone_name   = "workshop.example.com"

token_issuer = "https://identity.example.com/"

harness_account_id = "WorkshopExampleAcct001"

budget_emails = ["workshop-owners@example.com"]

alarm_subscribers = {
  on_call = { protocol = "https", endpoint = "https://events.example.com/integration/workshop/enqueue" }
  chat    = { protocol = "email", endpoint = "alarms-aaaaexample@workshop-example.slack.com" } # INT-02: the address of a channel
  team    = { protocol = "email", endpoint = "workshop-team@example.com" }
}

delegate_release = "26.10.87100" # DLG-01

image_digests = {
  backend  = "sha256:7f3c1b0de5a94c6286d1f0b37ae98c55d0412c7be9f68a13d4705e2bc9a81f36"
  frontend = "sha256:2b9ad4f17c605e83f1a6d97082be4c35906fe1d8a7430cb52f9e6d184a07b3c1"
  delegate = "sha256:c05d8e62a91f74b3e0d6f5812c7a4b9937e8d1605fab29c4483e7f06d2b15a98"
}

build_images = {
  machine       = "ami-0d3c5a9e7f1b2468a"
  runner_digest = "sha256:5e81d7f0c2b94a36917d0e5fb8a3c642de07f19b35a8c4e2709b6d13f58a0c97"
}
