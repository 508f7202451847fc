/**
 * There is no glyph server: the style has no `glyphs`, and MapLibre draws every letter with the machine's own faces,
 * these for Chinese (by name: "sans-serif" alone lets a browser choose Japanese shapes) and these for the rest.
 */
export const ideographFaces = "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"
export const labelFaces = ['PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', 'sans-serif']
