# The whole environment, evaluated without an account: what no module can promise alone.

mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

mock_provider "aws" {
  alias           = "replica"
  source          = "../../mocks"
  override_during = plan
}

mock_provider "aws" {
  alias           = "global"
  source          = "../../mocks"
  override_during = plan
}

# One run for everything, because each plans the whole environment anew.
run "the_parts_fit_together" {
  command = plan

  assert {
    condition     = output.capacity.connections_needed == 2 * local.services.backend.maximum * local.database.pool_size
    error_message = "Old and new tasks of a deployment both hold their pools."
  }

  assert {
    condition     = output.capacity.connections_needed < output.capacity.connections_given && output.capacity.addresses_needed < output.capacity.addresses_given
    error_message = "The largest deployment does not fit."
  }

  assert {
    condition     = alltrue([for service in local.services : service.minimum >= length(local.zones)])
    error_message = "A service has fewer tasks than there are zones."
  }

  assert {
    condition     = output.backend_url == "http://backend.workshop-staging.internal:8080"
    error_message = "The frontend must call the backend by its name in service discovery."
  }

  assert {
    condition     = !local.production && local.monthly_limit_usd < 500 && alltrue([for service in local.services : service.on_demand_base < service.minimum])
    error_message = "Staging must be cheap: small sizes, Spot beyond the first task."
  }

  assert {
    condition     = local.build_pool.name == "workshop-build" && length(local.build_services) == 1
    error_message = "The pipelines ask for the delegate and the pool workshop-build, and alarms watch that delegate."
  }
}

run "wrong_values_are_refused" {
  command = plan

  variables {
    zone_name     = "example.org"
    image_digests = { backend = "1.4.2", frontend = "1.4.2", delegate = "1.4.2" }
  }

  expect_failures = [var.zone_name, var.image_digests]
}
