"""What must fit together: in a contract, between contracts, between them and the desk."""
