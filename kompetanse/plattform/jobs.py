"""Names of the platform's tasks."""

COUNT = "plattform.count"
