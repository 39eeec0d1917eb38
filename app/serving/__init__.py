"""What stands between the network and the application: strict requests, and patience that ends."""
