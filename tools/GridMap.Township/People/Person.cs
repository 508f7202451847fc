namespace GridMap.Township.People;

/// <summary>An invented person.</summary>
internal sealed record Person(string Id, string Name, string Phone);

/// <summary>A person's term on a grid. Days, the end not included; no end while the term lasts.</summary>
internal sealed record Duty(Person Person, string Grid, string Role, DateOnly From, DateOnly? To)
{
    public const string GridLeader = "grid_leader";
    public const string GridWorker = "grid_worker";
    public const string Supervisor = "supervisor";
    public const string Volunteer = "volunteer";

    public bool HoldsOn(DateOnly day) => From <= day && (To is null || day < To);
}
