using GridMap.Bench;
using GridMap.Bench.Locating;

// Each subject runs alone by its name; without one, all of them in this order. QUICK=1 makes every one shorter.
var subjects = new (string Name, Func<BenchTable, Task> Run)[]
{
    ("locator", LocatorBench.RunAsync),
};

Console.WriteLine($"{Environment.ProcessorCount} processors, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}");
var unknown = args.Where(arg => subjects.All(subject => subject.Name != arg)).ToArray();
if (unknown.Length > 0)
{
    Console.Error.WriteLine($"No such subject: {string.Join(", ", unknown)}. There are: {string.Join(", ", subjects.Select(subject => subject.Name))}.");
    return 1;
}
var table = new BenchTable();
foreach (var (_, run) in subjects.Where(subject => args.Length == 0 || args.Contains(subject.Name)))
    await run(table);
Console.WriteLine();
Console.WriteLine(table.ToMarkdown());
return 0;
