"""What bench runs inside each Locust process: it lets users work for a slice at a time, and counts.

Python 3.7 and newer, Locust 2.17 and newer, and nothing that Locust does not bring along.
"""
