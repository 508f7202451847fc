using GridMap.Township.Campaign;
using GridMap.Township.Chance;
using GridMap.Township.Checking;
using GridMap.Township.Grouping;
using GridMap.Township.Issues;
using GridMap.Township.Landscape;
using GridMap.Township.Naming;
using GridMap.Township.Parcels;
using GridMap.Township.People;
using GridMap.Township.Writing;

const ulong Seed = 20260901;

if (args.Length != 1)
{
    Console.Error.WriteLine("usage: dotnet run --project tools/GridMap.Township -- <folder>");
    return 2;
}

var folder = Directory.CreateDirectory(args[0]).FullName;
var chance = new Seeded(Seed);

var country = new Country(chance.Fork("country"));
var map = new ParcelMap(country, chance.Fork("parcels"));
var web = new Web(map, new Barriers(country, map.Lanes), chance.Fork("web"));
var inside = TerritoryPick.Choose(map, web, country.Outline);
var hierarchy = new Hierarchy(map, web, inside, chance.Fork("hierarchy"));
hierarchy.Divide();
var town = hierarchy.Town;
Outlines.Draw(town, map.Parcels, chance.Fork("islands"));
Codes.Give(town);
Names.Give(town, chance.Fork("names"));
Households.Count(town, map.Parcels, chance.Fork("households"));

var coverage = CoverageCheck.Read(GridFiles.Shapes(town));
CoverageCheck.Prove(coverage.ToShapes());
GridFiles.Write(folder, town, coverage);
new ContextFile(country, map).Save(Path.Combine(folder, "context.geojson"));

var staff = new Staff(town, chance.Fork("staff"));
staff.Save(Path.Combine(folder, "people.csv"));
var standing = new Standing(town, chance.Fork("standing"));
var issues = new IssueMaker(town, map.Parcels, country.WaterDistance, standing, staff, chance.Fork("issues")).Make();
IssueFile.Write(Path.Combine(folder, "issues.csv"), issues);

var drive = new Drive(town, standing, zone => zone.Parcels.Sum(id => map.Parcels[id].Area) / 10_000, chance.Fork("campaign"));
CampaignFiles.Write(folder, drive);

for (var level = 1; level <= 4; level++)
    Console.WriteLine($"level {level}: {town.AllOf(level).Count()} grids");
Console.WriteLine($"{town.Households} households, {coverage.SquareMetres(0) / 1e6:F2} km², {issues.Count} issues");
var total = drive.Total();
Console.WriteLine($"{drive.Plan.Count} planned weeks, {drive.Log.Count} log entries; {total.Percent:P1}, SPI {total.Spi:F3}, {total.DaysAhead} days ahead; "
    + string.Join(", ", drive.Lights.Values.GroupBy(light => light).OrderBy(group => group.Key).Select(group => $"{group.Count()} {group.Key}")));
return 0;
