"""The errors of this project, each either worth another try or for the user to mend.

InterlinearError
├── TransientError              the same call may succeed later
│   ├── NetworkError            a server or the way to it failed
│   ├── StorageError            the disk is full or not writable
│   ├── ModelHostError          the process that holds the models died
│   └── OutOfMemoryError        too little memory is free for a model
└── PermanentError              the same call will fail again
    ├── BadInputError           the recording, the URL, the page or a parameter cannot be used
    │   ├── TruncatedAudioError the recording ends before its header says
    │   └── NoSpeechError       the recording is whole, and nobody speaks in it
    │       └── ForeignSpeechError  they speak, but not English
    ├── TimeLimitError          a model took longer than it may
    ├── SetupError              a model, a licence or a program is missing on this machine
    └── InvariantError          a result breaks a promise of the product: a bug of ours

Every error takes one message: what happened, to what, and what to do next.
"""


class InterlinearError(Exception):
    """Root of all errors that this project raises on purpose."""


class TransientError(InterlinearError):
    """Something outside failed; the same call may succeed later."""


class NetworkError(TransientError):
    """A server, or the way to it, failed."""


class StorageError(TransientError):
    """A file cannot be written: the disk is full or the folder is read-only."""


class ModelHostError(TransientError):
    """The process that holds the models died, for want of memory or by somebody's hand."""


class OutOfMemoryError(TransientError):
    """Too little memory is free to load a model."""


class PermanentError(InterlinearError):
    """The same call will fail again until somebody changes something."""


class BadInputError(PermanentError):
    """A recording, a URL, a page or a parameter cannot be used as it is."""


class TruncatedAudioError(BadInputError):
    """A recording ends earlier than its own header says."""


class NoSpeechError(BadInputError):
    """A recording is whole, but nobody speaks in it."""


class ForeignSpeechError(NoSpeechError):
    """People speak in a recording, but most of it is not English."""


class TimeLimitError(PermanentError):
    """A model took longer than it may for a recording of this length."""


class SetupError(PermanentError):
    """A model, a licence or a program is missing on this machine."""


class InvariantError(PermanentError):
    """A result breaks a promise of the product. Nothing is published; this is a bug of ours."""
