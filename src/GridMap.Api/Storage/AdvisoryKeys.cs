namespace GridMap.Api.Storage;

/// <summary>The keys of the database's advisory locks of 64 bits ("gridmap" and a number), all in one place: two meanings of one key wait for each other for ever.</summary>
internal static class AdvisoryKeys
{
    /// <summary>See <see cref="Migrator"/>.</summary>
    public const long Migration = 0x6772_6964_6d61_7000;

    /// <summary>See <see cref="PublicationLock"/>.</summary>
    public const long Publication = 0x6772_6964_6d61_7001;

    /// <summary>One process at a time loads the demonstration.</summary>
    public const long Demonstration = 0x6772_6964_6d61_7002;

    /// <summary>See <see cref="PublicationLock.TakeTurnAsync"/>.</summary>
    public const long PublicationTurn = 0x6772_6964_6d61_7003;

    /// <summary>One process at a time takes the categories that are shipped.</summary>
    public const long Categories = 0x6772_6964_6d61_7004;

    /// <summary>See <see cref="Photos.PhotoStore"/>.</summary>
    public const long Photos = 0x6772_6964_6d61_7047;

    /// <summary>See <see cref="Points.PointsLocks"/>.</summary>
    public const long PointsRules = 0x6772_6964_6d61_7045;
}
