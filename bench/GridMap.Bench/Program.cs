using GridMap.Bench;
using GridMap.Bench.Editing;
using GridMap.Bench.Http;
using GridMap.Bench.Imports;
using GridMap.Bench.Locating;
using GridMap.Bench.Tiles;

// Each subject runs alone by its name; without one, all of them in this order. QUICK=1 makes every one shorter. --record FILE puts the
// table on top of the record of earlier runs.
var subjects = new (string Name, Func<BenchTable, Task> Run)[]
{
    ("locator", LocatorBench.RunAsync),
    ("http", HttpBench.RunAsync),
    ("tiles", TileBench.RunAsync),
    ("imports", ImportBench.RunAsync),
    ("editing", EditingBench.RunAsync),
    ("dividing", DividingBench.RunAsync),
};

var record = args is [.., "--record", var file] ? file : null;
var wanted = record is null ? args : args[..^2];
var unknown = wanted.Where(arg => subjects.All(subject => subject.Name != arg)).ToArray();
if (unknown.Length > 0)
{
    Console.Error.WriteLine($"No such subject: {string.Join(", ", unknown)}. There are: {string.Join(", ", subjects.Select(subject => subject.Name))}.");
    return 1;
}

Console.WriteLine(Baseline.Machine());
var table = new BenchTable();
foreach (var (_, run) in subjects.Where(subject => wanted.Length == 0 || wanted.Contains(subject.Name)))
    await run(table);
Console.WriteLine();
Console.WriteLine(table.ToMarkdown());
if (record is not null)
    Baseline.Record(record, table);
return 0;
