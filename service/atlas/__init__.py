"""Atlas: the whole law as pages for people, and what readers were told of it on any day and in any place.

Everything in the pages is read off the rule set that the engine runs, and the day on which they speak is the last
review in it, so the same rules always make the same pages.
"""
