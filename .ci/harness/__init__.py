"""What the end-to-end runs share: the files they drop, the AWS resources around the service, and the final account."""
