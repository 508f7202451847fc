namespace GridMap.Api.Photos;

/// <summary>A photo, whole and small, at addresses that hold for an hour at least.</summary>
public sealed record SignedPhoto(string Url, string SmallUrl);
