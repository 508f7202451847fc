namespace GridMap.Api.Surveys;

/// <summary>The address of the page on which a survey is answered.</summary>
internal static class SurveyAddress
{
    public static string PathOf(string code) => $"/s/{code}";

    /// <summary>Under which the request came, so that behind a proxy it is the public one.</summary>
    public static string Of(HttpRequest request, string path) => $"{request.Scheme}://{request.Host}{request.PathBase}{path}";
}
