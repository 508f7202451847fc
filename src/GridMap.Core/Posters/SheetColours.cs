namespace GridMap.Core.Posters;

/// <summary>The colours of a sheet: a quiet ground, and one strong red that says "here".</summary>
internal static class SheetColours
{
    public const string Paper = "#ffffff";
    public const string Ink = "#1f2328";
    public const string Soft = "#5c6470";
    public const string Line = "#c9ccd1";
    public const string Strong = "#b3261e";
    public const string OwnRow = "#fbeeec";
    public const string Outside = "#f4f3ef";
    public const string Sibling = "#f3efe2";
    public const string Other = "#ecebe6";
    public const string OwnGround = "#fff3c9";
    public const string NeighbourBorder = "#8d8878";
    public const string ChildBorder = "#c8a85a";
    public const string ParentBorder = "#3f6b8f";
    public const string Water = "#c6deea";
    public const string WaterOver = "#a9cfe3";
    public const string Green = "#d9e6cb";
    public const string Built = "#e6e1d6";
    public const string Road = "#ffffff";
    public const string RoadEdge = "#d3cfc4";
    public const string Rail = "#a8a49a";
}
