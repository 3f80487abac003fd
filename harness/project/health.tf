# What the Verify steps compare. Harness finds a monitored service by the pair of service and environment, and skips the step
# without a word where there is none; so there is one for each pair that a pipeline deploys.

locals {
  environments = ["staging", "production"]

  # The metrics that tell whether a release is worse: what the load balancer saw of each service. OBS-03
  metrics = {
    errors = {
      name       = "Server errors"
      expression = "SUM(SEARCH('{AWS/ApplicationELB,LoadBalancer,TargetGroup} MetricName=\"HTTPCode_Target_5XX_Count\" TargetGroup=\"%s\"', 'Sum', 60))"
      category   = "Errors"
    }
    latency = {
      name       = "Response time"
      expression = "MAX(SEARCH('{AWS/ApplicationELB,LoadBalancer,TargetGroup} MetricName=\"TargetResponseTime\" TargetGroup=\"%s\"', 'p95', 60))"
      category   = "Performance_ResponseTime"
    }
    unhealthy = {
      name       = "Unhealthy tasks"
      expression = "MAX(SEARCH('{AWS/ApplicationELB,LoadBalancer,TargetGroup} MetricName=\"UnHealthyHostCount\" TargetGroup=\"%s\"', 'Maximum', 60))"
      category   = "Infrastructure"
    }
  }

  pairs = {
    for pair in setproduct(["backend", "frontend"], ["", "_colours"], local.environments) :
    "workshop_${pair[0]}${pair[1]}_${pair[2]}" => {
      service     = "workshop_${pair[0]}${pair[1]}"
      application = pair[0]
      environment = pair[2]
    }
  }
}

resource "harness_platform_monitored_service" "this" {
  for_each = local.pairs

  identifier = each.key
  org_id     = "default"
  project_id = "workshop"

  request {
    name            = each.key
    type            = "Application"
    description     = "What the load balancer sees of ${each.value.application} in ${each.value.environment}"
    service_ref     = each.value.service
    environment_ref = each.value.environment
    enabled         = true

    health_sources {
      name       = "load balancer"
      identifier = "load_balancer"
      type       = "CloudWatchMetrics"

      spec = jsonencode({
        connectorRef = "aws_${each.value.environment}"
        region       = "eu-west-1"
        feature      = "CloudWatch Metrics"

        metricDefinitions = [
          for identifier, metric in local.metrics : {
            identifier      = identifier
            metricName      = metric.name
            groupName       = "load balancer"
            expression      = format(metric.expression, "targetgroup/${each.value.application}-")
            responseMapping = { serviceInstanceJsonPath = "TargetGroup" }
            riskProfile     = { riskCategory = metric.category, thresholdTypes = ["ACT_WHEN_HIGHER"] }
            analysis        = { deploymentVerification = { enabled = true } }
          }
        ]
      })
    }
  }
}
