namespace GridMap.Api.Tests;

/// <summary>A test of the running service: it ends with a clean log or it fails.</summary>
public abstract class ServiceTest(TestService service) : IAsyncLifetime
{
    protected TestService Service { get; } = service;

    protected HttpClient Client => Service.Client;

    public virtual Task InitializeAsync()
    {
        Service.Log.Take();
        return Task.CompletedTask;
    }

    public virtual Task DisposeAsync()
    {
        Service.Log.AssertClean();
        return Task.CompletedTask;
    }
}
