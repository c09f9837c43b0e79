"""Reports over any period and scope, from promises judged ticket by ticket."""
