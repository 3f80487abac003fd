mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan

  mock_resource "aws_cloudwatch_metric_alarm" {
    defaults = {
      arn = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:mock"
    }
  }
}

variables {
  name    = "workshop-test"
  key_arn = "arn:aws:kms:eu-west-1:111122223333:key/a"
  subscribers = {
    team = { protocol = "email", endpoint = "team@example.com" }
  }
  services = {
    backend = {
      cluster_name          = "workshop-test"
      service_name          = "backend"
      load_balancer_suffix  = "app/workshop/1"
      target_group_suffixes = ["targetgroup/blue/1", "targetgroup/green/2"]
    }
    delegate = { cluster_name = "workshop-test", service_name = "delegate" }
  }
  databases = {
    primary = { identifier = "workshop-test", max_connections = 400, storage_bytes = 107374182400 }
    replica = { identifier = "workshop-test-replica-1", max_connections = 400, storage_bytes = 107374182400, replica = true }
  }
}

override_resource {
  target          = module.topic.aws_sns_topic.this
  override_during = plan
  values = {
    arn = "arn:aws:sns:eu-west-1:111122223333:workshop-test-alarms"
  }
}

run "watches_every_service" {
  command = plan

  assert {
    condition     = keys(aws_cloudwatch_metric_alarm.service_cpu) == ["backend", "delegate"] && keys(aws_cloudwatch_metric_alarm.service_memory) == ["backend", "delegate"] && keys(aws_cloudwatch_metric_alarm.missing_tasks) == ["backend", "delegate"]
    error_message = "CPU, memory and missing tasks are watched for every service."
  }

  assert {
    condition     = keys(aws_cloudwatch_metric_alarm.error_rate) == ["backend"] && keys(aws_cloudwatch_metric_alarm.latency) == ["backend"] && keys(aws_cloudwatch_metric_alarm.unhealthy_targets) == ["backend"]
    error_message = "Errors, latency and targets are watched where there is a load balancer."
  }

  assert {
    condition     = one([for query in aws_cloudwatch_metric_alarm.error_rate["backend"].metric_query : query.expression if query.id == "errors"]) == "FILL(errors0, 0) + FILL(errors1, 0)"
    error_message = "Blue and green must both count."
  }

  assert {
    condition = alltrue([
      for query in aws_cloudwatch_metric_alarm.latency["backend"].metric_query :
      one(query.metric).stat == "p95" && one(query.metric).dimensions["LoadBalancer"] == "app/workshop/1" if length(query.metric) > 0
    ])
    error_message = "Latency is judged at the 95th percentile of this load balancer."
  }

  assert {
    condition     = length([for query in aws_cloudwatch_metric_alarm.error_rate["backend"].metric_query : query if query.return_data == true]) == 1
    error_message = "An alarm looks at exactly one value."
  }
}

run "watches_every_database" {
  command = plan

  assert {
    condition     = aws_cloudwatch_metric_alarm.database_connections["primary"].threshold == 320 && aws_cloudwatch_metric_alarm.database_storage["primary"].threshold == 16106127360
    error_message = "Limits follow from the size of the database."
  }

  assert {
    condition     = keys(aws_cloudwatch_metric_alarm.replica_lag) == ["replica"] && keys(aws_cloudwatch_metric_alarm.database_cpu) == ["primary", "replica"]
    error_message = "Every database is watched, and replicas for their lag."
  }
}

run "tells_somebody_and_knows_what_silence_means" {
  command = plan

  assert {
    condition = alltrue([
      for alarm in concat(
        values(aws_cloudwatch_metric_alarm.error_rate),
        values(aws_cloudwatch_metric_alarm.latency),
        values(aws_cloudwatch_metric_alarm.unhealthy_targets),
        values(aws_cloudwatch_metric_alarm.missing_tasks),
        values(aws_cloudwatch_metric_alarm.service_cpu),
        values(aws_cloudwatch_metric_alarm.service_memory),
        values(aws_cloudwatch_metric_alarm.database_cpu),
        values(aws_cloudwatch_metric_alarm.database_storage),
        values(aws_cloudwatch_metric_alarm.database_connections),
        values(aws_cloudwatch_metric_alarm.database_memory),
        values(aws_cloudwatch_metric_alarm.replica_lag),
      ) : alarm.alarm_actions == toset([output.topic_arn]) && contains(["breaching", "notBreaching"], alarm.treat_missing_data)
    ])
    error_message = "Every alarm must notify the topic and say what missing data mean."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.missing_tasks["backend"].treat_missing_data == "breaching" && aws_cloudwatch_metric_alarm.database_cpu["primary"].treat_missing_data == "breaching"
    error_message = "A service or a database that reports nothing is away."
  }

  assert {
    condition     = aws_cloudwatch_event_target.deployment_failed[0].arn == output.topic_arn && aws_db_event_subscription.this[0].sns_topic == output.topic_arn
    error_message = "Failed deployments and failovers must be told as well."
  }
}

run "shows_what_exists" {
  command = plan

  assert {
    condition = length(setsubtract(
      ["Traffic", "Errors", "Latency (p95)", "Saturation: CPU and memory", "Deployments", "Database: connections", "Cost: estimated charges of this month"],
      [for widget in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets : widget.properties.title],
    )) == 0
    error_message = "The dashboard must show traffic, errors, latency, saturation, the database, deployments and cost."
  }

  assert {
    condition = alltrue([
      for widget in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets :
      length(widget.properties.metrics) > 0 && alltrue([for metric in widget.properties.metrics : length(metric) >= 4 && (startswith(metric[0], "AWS/") || startswith(metric[0], "ECS/"))])
      if widget.type == "metric"
    ])
    error_message = "Every chart must have rows of namespace, metric and dimensions."
  }

  assert {
    condition     = one([for widget in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets : widget.properties.metrics[0] if widget.properties.title == "Traffic"]) == ["AWS/ApplicationELB", "RequestCount", "TargetGroup", "targetgroup/blue/1", "LoadBalancer", "app/workshop/1", { label = "backend 0 RequestCount" }]
    error_message = "A chart must name the target group and the load balancer it was given."
  }

  assert {
    condition     = one([for widget in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets : length(widget.properties.alarms) if widget.type == "alarm"]) == 18
    error_message = "Every alarm must be on the dashboard."
  }
}

run "draws_no_empty_chart" {
  command = plan

  variables {
    services  = {}
    databases = {}
  }

  assert {
    condition     = length(jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets) == 2
    error_message = "Without services and databases only cost and alarms are left."
  }
}

run "refuses_a_percentage_nobody_can_reach" {
  command = plan

  variables {
    thresholds = { cpu_percent = 140 }
  }

  expect_failures = [var.thresholds]
}
