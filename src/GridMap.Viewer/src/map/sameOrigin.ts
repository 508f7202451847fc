/**
 * A tile URL on the page's own origin. A TileJSON names the host by which the service was asked, which behind a
 * proxy need not be the one (or the scheme) that the browser sees. The braces of the template stay as they are.
 */
export function sameOrigin(template: string, origin: string = location.origin): string {
  const path = template.replace(/^[a-z]+:\/\/[^/]+/i, '')
  return path.startsWith('/') ? origin + path : `${origin}/${path}`
}
