"""What people do in the year, a file for each part of it: the walks are told with these steps."""
