using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace GridMap.Api.Tests;

/// <summary>One message that the service logged.</summary>
public sealed record TestLogEntry(LogLevel Level, string Category, EventId Id, string Message, Exception? Exception)
{
    public override string ToString() => $"{Level} {Category}[{Id.Id}] {Message} {Exception}";
}

/// <summary>Collects the service's log, so that a clean log is part of what is tested. Thread safe.</summary>
public sealed class TestLog : ILoggerProvider
{
    private readonly ConcurrentQueue<TestLogEntry> entries = new();

    public IReadOnlyCollection<TestLogEntry> Entries => entries;

    /// <summary>Takes out what was logged so far; for tests that expect a complaint.</summary>
    public IReadOnlyList<TestLogEntry> Take()
    {
        var taken = new List<TestLogEntry>();
        while (entries.TryDequeue(out var entry))
        {
            taken.Add(entry);
        }

        return taken;
    }

    /// <summary>Fails when there is a warning or worse.</summary>
    public void AssertClean() =>
        Assert.True(
            entries.All(entry => entry.Level < LogLevel.Warning),
            string.Join('\n', entries.Where(entry => entry.Level >= LogLevel.Warning)));

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
        // The entries outlive the host: tests read them after it has stopped.
    }

    private sealed class Logger(TestLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                log.entries.Enqueue(new TestLogEntry(logLevel, category, eventId, formatter(state, exception), exception));
            }
        }
    }
}
