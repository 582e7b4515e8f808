from hypothesis import settings

# the first example loads the public suffix list, and a busy machine is no fault of the reader
settings.register_profile("calm", deadline=None)
settings.load_profile("calm")
