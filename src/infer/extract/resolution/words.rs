//! The words by which a sentence says how an incident was put right, and those by which it tells something else.

use crate::infer::context::votes::Vote;

/// The row for words that say how it was put right.
pub const HOW: usize = 0;
/// The row for words of what somebody did.
pub const DID: usize = 1;
/// The row for words that say only that it was over.
pub const OVER: usize = 2;

/// A row counts once, however many of its words a sentence has.
#[rustfmt::skip]
pub const VOTES: &[Vote] = &[
    Vote { weight: 14, phrases: &[
        "resolved by", "fixed by", "mitigated by", "solved by", "addressed by", "restored by", "remedied by", "corrected by",
        "resolved after", "fixed after", "resolved when", "resolved once", "resolved via", "resolved through", "fixed when",
        "resolved the issue", "resolved the problem", "resolved the incident", "solved the issue", "solved the problem", "solved this",
        "solved it", "fixed the issue", "fixed the problem", "fixed this", "fixed it", "fixes the issue", "fixes the problem",
        "mitigated the issue", "mitigated this", "the fix was", "the fix is", "the fix involved", "fix involved", "the solution was",
        "the solution is", "the resolution was", "the workaround was", "the only option was", "the only solution", "quickest way to fix",
        "way to fix this", "implemented a fix", "implemented the fix", "deployed a fix", "applied a fix", "applied the fix",
        "released a fix", "fix was deployed", "fix was to", "hotfix", "resolved itself", "resolved automatically", "resolved on its own",
        "resolved by itself", "recovered automatically", "recovered on its own", "self resolved", "by restarting", "by rebooting",
        "by rolling back", "by reverting", "by replacing", "by removing", "by adding", "by disabling", "by enabling", "by increasing",
        "by changing", "by moving", "by switching", "by updating", "by upgrading", "by downgrading", "by fixing", "by reconfiguring",
        "by optimi*", "by redeploying", "by deploying", "by preventing", "by correcting", "by deleting", "by editing", "by renaming",
        "by taking down", "by scaling", "by patching", "by renewing", "by setting", "by installing", "by reinstalling", "by rebuilding",
        "rolled back", "rolling back", "roll back to", "reverted", "rollback of", "containing the fix", "with the fix",
        "to its original",
        "solved the", "resolving the", "after a restart", "after restarting", "after rebooting", "to solve this", "to solve the problem",
        "to fix this", "to resolve this", "to resolve the",
    ] },
    Vote { weight: 8, phrases: &[
        "restarted", "rebooted", "power cycled", "replaced", "removed", "removing", "fixed", "patched", "disabled", "enabled",
        "upgraded", "downgraded", "increased", "scaled", "added", "re added", "readded", "revoked", "rotated", "renewed", "redeployed",
        "re deployed", "rebuilt", "recreated", "cleared", "deleted", "killed", "terminated", "stopped", "corrected", "reconfigured",
        "reapplied", "applied", "switched", "moved", "migrated", "retagged", "re enabled", "isolated", "provisioned", "bumped",
        "changed", "updated", "doubled", "quadrupled", "raised", "merged", "renamed", "purged", "blocked", "reinstalled", "restored",
        "deployed", "released", "merges", "restarts", "reverts", "removes", "replaces", "fixes", "hard reboot", "forcibly stopped",
        "failed over", "unsealed", "reset", "reimaged", "recovered the", "swapped", "freed", "resized", "reissued", "reloaded",
        "remounted", "reconnected", "pinned", "restart of", "removal of", "tamed", "adjusted", "rewrote", "cleaned up", "whitelisted",
        "throttled", "rate limited", "restarting", "restart the", "restarted the",
    ] },
    Vote { weight: 2, phrases: &[
        "restored", "resolved", "back online", "back up", "back to normal", "fully operational", "fully functional", "recovered",
        "was fixed", "is fixed", "been fixed", "operational again", "working again", "solved",
    ] },
    // What is to be done, or may be.
    Vote { weight: -8, phrases: &[
        "will", "should", "would", "could", "need to", "needs to", "must", "plan to", "going to", "in future", "in the future",
        "recommend*", "want to", "consider*", "let s", "may", "might", "if we", "until",
    ] },
    // What was still going on.
    Vote { weight: -14, phrases: &[
        "are rolling back", "are currently", "are restarting", "are working", "are deploying", "are applying", "are implementing", "are now working",
    ] },
    // What did not help, and what was only believed.
    Vote { weight: -8, phrases: &[
        "tried", "try", "trying", "attempt*", "did not", "didn t", "unable", "unsuccessful*", "no effect", "no luck", "without success",
        "failed to", "was not", "wasn t", "were not", "still not", "not work*", "not help*", "hoping", "thought", "assum*", "suspect*",
        "guess*", "no changes", "cannot", "can t",
    ] },
    // The search for it.
    Vote { weight: -4, phrases: &[
        "investigat*", "look* at", "look* into", "check*", "debug*", "noticed", "discovered", "found", "identif*", "reali*",
    ] },
    // What is still going on.
    Vote { weight: -8, phrases: &[
        "we are continuing", "we are working", "are working", "is working", "continuing", "working on", "working with", "eta", "expect*",
        "in progress", "in the process", "ongoing", "being",
    ] },
    // How it was noticed, and who was asked.
    Vote { weight: -4, phrases: &[
        "alert*", "pager*", "notified", "reported", "detected", "complain*", "ticket*", "support", "responded", "reached out",
        "contacted",
    ] },
    // What broke.
    Vote { weight: -4, phrases: &[
        "caused", "causing", "because", "due to", "led to", "root cause", "resulted in", "broke", "failed", "failure", "arose", "stemmed",
        "originated",
    ] },
    // What went on no longer.
    Vote { weight: -12, phrases: &[
        "stopped processing", "stopped responding", "stopped working", "stopped accepting", "stopped serving", "stopped answering",
        "stopped sending", "stopped receiving", "stopped running", "stopped updating", "stopped loading", "stopped syncing",
    ] },
    // What came before it was put right.
    Vote { weight: -14, phrases: &["first step*", "initial step*", "first thing", "not answered", "open question*", "unanswered"] },
    // What is said to those who waited.
    Vote { weight: -4, phrases: &[
        "apolog*", "sorry", "inconvenien*", "thank*", "patien*",
    ] },
    // What was done beside it.
    Vote { weight: -4, phrases: &[
        "to prevent", "to avoid", "monitoring", "lesson*", "postmortem", "post mortem", "in addition", "also",
    ] },
];
