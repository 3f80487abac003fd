# Where images are built: machines that run the code of changes nobody has looked at yet. They reach the internet and AWS, and
# nothing of the environment; only the delegate of the builds reaches them.

locals {
  build_descriptions = var.build_port == null ? {} : {
    build_delegate = "Harness delegate of the builds: reached from nobody"
    build_machine  = "Build machines: reached from the delegate of the builds"
  }

  build_flows = var.build_port == null ? {} : {
    build_machine_from_build_delegate = { caller = "build_delegate", listener = "build_machine", port = var.build_port }
    endpoints_from_build_delegate     = { caller = "build_delegate", listener = "endpoints", port = 443 }
    endpoints_from_build_machine      = { caller = "build_machine", listener = "endpoints", port = 443 }
  }
}
