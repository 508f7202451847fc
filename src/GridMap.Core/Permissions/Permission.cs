namespace GridMap.Core.Permissions;

/// <summary>What an endpoint needs, and what a key may be narrowed to. The words of the wire.</summary>
public static class Permission
{
    /// <summary>Nothing: who is not known may ask.</summary>
    public const string None = "none";

    /// <summary>To be known, whatever one's roles.</summary>
    public const string Known = "known";

    /// <summary>To be signed in as a person is, not by a key: one's own password, sessions, keys, inbox, claims to posts.</summary>
    public const string OwnAccount = "own-account";

    /// <summary>The same, or to be an administrator by key: the keys of programs.</summary>
    public const string OwnKeys = "own-keys";

    /// <summary>Read what is public: map, lookup, figures, issues in their public form.</summary>
    public const string SeeMap = "see-map";

    /// <summary>Report an issue.</summary>
    public const string Report = "report";

    /// <summary>See an issue with place, words, photos and reporter, and move it on.</summary>
    public const string HandleIssues = "handle-issues";

    /// <summary>File, reject, assign and reopen issues, say which are the same, show them to the public, keep the boards; remind who has not logged.</summary>
    public const string DirectIssues = "direct-issues";

    /// <summary>Erase what a reporter left about themselves.</summary>
    public const string EraseReporters = "erase-reporters";

    /// <summary>Import, change plans, publish.</summary>
    public const string Plan = "plan";

    /// <summary>Start campaigns, plan their quantities, freeze days.</summary>
    public const string RunCampaigns = "run-campaigns";

    /// <summary>Write the work log, and read its notes.</summary>
    public const string LogWork = "log-work";

    /// <summary>See who holds which duty, by name.</summary>
    public const string SeePeople = "see-people";

    /// <summary>See personal telephones.</summary>
    public const string SeePhones = "see-phones";

    /// <summary>Appoint, end and correct duties; offer posts.</summary>
    public const string Appoint = "appoint";

    /// <summary>Import and export the staff list.</summary>
    public const string ExchangePeople = "exchange-people";

    /// <summary>Read who did what.</summary>
    public const string SeeAudit = "see-audit";

    /// <summary>Accounts and keys of everybody; on the whole territory only.</summary>
    public const string ManageAccounts = "manage-accounts";

    /// <summary>What no role gives: what anybody may, and what everybody who is known may.</summary>
    public static IReadOnlyList<string> WithoutRole { get; } = [None, Known, OwnAccount, OwnKeys];

    /// <summary>All that a role can give.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        SeeMap, Report, HandleIssues, DirectIssues, EraseReporters, Plan, RunCampaigns, LogWork, SeePeople, SeePhones, Appoint, ExchangePeople, SeeAudit,
        ManageAccounts,
    ];
}
