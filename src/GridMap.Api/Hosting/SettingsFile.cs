using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace GridMap.Api.Hosting;

/// <summary>
/// The settings that an office keeps in its data folder: <c>settings.json</c>, if it is there. Lists and keys are awkward in environment
/// variables, which still win over it.
/// </summary>
internal static class SettingsFile
{
    public const string Name = "settings.json";

    public static void Read(ConfigurationManager configuration)
    {
        var file = Path.GetFullPath(Path.Combine(configuration[DataFolder.Variable] ?? DataFolder.Default, Name));
        if (!File.Exists(file))
        {
            return;
        }

        var source = new JsonConfigurationSource { Path = file };
        source.ResolveFileProvider();
        var sources = ((IConfigurationBuilder)configuration).Sources;
        var environment = sources.OfType<EnvironmentVariablesConfigurationSource>().LastOrDefault(variables => string.IsNullOrEmpty(variables.Prefix));
        sources.Insert(environment is null ? sources.Count : sources.IndexOf(environment), source);
    }
}
