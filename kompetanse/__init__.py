"""The ground: project package, tenants, organisation, notices and the page shell."""
