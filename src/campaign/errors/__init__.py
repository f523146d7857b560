"""Faults that a person can mend, worded in Vietnamese once, so that terminal, web and JSON agree.

Each class has a code, which has its place in the handbook (``content/huong-dan/ma-loi.md``). Anything else that is
raised is a bug of ours.
"""

from campaign.errors.access import (
    AccessRefusedError,
    BodyTooLargeError,
    BugError,
    DayError,
    FileMissingError,
    FormRefusedError,
    HostRefusedError,
    OriginRefusedError,
    PageNotFoundError,
    SessionExpiredError,
    SlipRevokedError,
    TooManyTriesError,
)
from campaign.errors.base import CampaignError, Faults
from campaign.errors.cases import CaseUnknownError, ExtensionShortError
from campaign.errors.confirming import (
    NotConcernedError,
    PostUnknownError,
    RevisionStaleError,
)
from campaign.errors.dispatch import DispatchFutureError, DispatchUnknownError, DispatchValueError
from campaign.errors.posts import (
    DuplicatePostError,
    ForeignLoadError,
    FrontMatterError,
    PostFileNameError,
    PostKeyMissingError,
    PostKeyUnknownError,
    PostValueError,
    SymlinkError,
)
from campaign.errors.privacy import PersonListedError, PersonUnknownError, RetentionError, TracesLeftError
from campaign.errors.receipt import ReceiptFileError, ReceiptWrongError
from campaign.errors.roster import (
    DuplicateMemberError,
    RosterColumnError,
    RosterColumnRefusedError,
    RosterFileError,
    RosterValueError,
    UnknownMemberError,
)
from campaign.errors.settings import (
    ListenError,
    PassphraseShortError,
    RecorderSilentError,
    SettingValueError,
    SiteBuildError,
    UnknownSettingError,
)
from campaign.errors.site import ManifestError, RevisionConflictError
from campaign.errors.store import (
    BackupFileError,
    CampaignExistsError,
    CheckpointFileError,
    DatabaseVersionError,
    LedgerAlteredError,
    LedgerKeyError,
    MigrationFailedError,
    NoCampaignError,
    StoreUnreachableError,
    UncertainCommitError,
)

__all__ = [
    "AccessRefusedError",
    "BackupFileError",
    "BodyTooLargeError",
    "BugError",
    "CampaignError",
    "CampaignExistsError",
    "CaseUnknownError",
    "CheckpointFileError",
    "DatabaseVersionError",
    "DayError",
    "DispatchFutureError",
    "DispatchUnknownError",
    "DispatchValueError",
    "DuplicateMemberError",
    "DuplicatePostError",
    "ExtensionShortError",
    "Faults",
    "FileMissingError",
    "ForeignLoadError",
    "FormRefusedError",
    "FrontMatterError",
    "HostRefusedError",
    "LedgerAlteredError",
    "LedgerKeyError",
    "ListenError",
    "ManifestError",
    "MigrationFailedError",
    "NoCampaignError",
    "NotConcernedError",
    "OriginRefusedError",
    "PageNotFoundError",
    "PassphraseShortError",
    "PersonListedError",
    "PersonUnknownError",
    "PostFileNameError",
    "PostKeyMissingError",
    "PostKeyUnknownError",
    "PostUnknownError",
    "PostValueError",
    "ReceiptFileError",
    "ReceiptWrongError",
    "RecorderSilentError",
    "RetentionError",
    "RevisionConflictError",
    "RevisionStaleError",
    "RosterColumnError",
    "RosterColumnRefusedError",
    "RosterFileError",
    "RosterValueError",
    "SessionExpiredError",
    "SettingValueError",
    "SiteBuildError",
    "SlipRevokedError",
    "StoreUnreachableError",
    "SymlinkError",
    "TooManyTriesError",
    "TracesLeftError",
    "UncertainCommitError",
    "UnknownMemberError",
    "UnknownSettingError",
]
