using GridMap.Bench.Imports;
using GridMap.Bench.Locating;

// Each subject runs alone by its name; without one, all of them in this order. QUICK=1 makes every one shorter.
var subjects = new (string Name, Func<Task> Run)[]
{
    ("locator", LocatorBench.RunAsync),
    ("imports", ImportBench.RunAsync),
};

Console.WriteLine($"{Environment.ProcessorCount} processors, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}");
var unknown = args.Where(arg => subjects.All(subject => subject.Name != arg)).ToArray();
if (unknown.Length > 0)
{
    Console.Error.WriteLine($"No such subject: {string.Join(", ", unknown)}. There are: {string.Join(", ", subjects.Select(subject => subject.Name))}.");
    return 1;
}
foreach (var (_, run) in subjects.Where(subject => args.Length == 0 || args.Contains(subject.Name)))
    await run();
return 0;
