/**
 * Line pictures of the categories, 24 x 24, drawn for this program; a category names its own by `picture`. A name that
 * is not here gets the plain one: the category's name stands under it anyway.
 */
const pictures: Readonly<Record<string, readonly string[]>> = {
  rubbish: ['M5 7h14', 'M9.5 7V4.5h5V7', 'M6.5 7l1 12.5h9l1-12.5', 'M10.2 10.5v6', 'M13.8 10.5v6'],
  debris: ['M3 19h18', 'M5 19l4-7 3 4 3-6 4 9', 'M9 12l1.5-2.5', 'M15 10l1-2'],
  sewage: ['M4 6h9a3 3 0 0 1 3 3v3', 'M4 10h7a1 1 0 0 1 1 1v1', 'M12 12h4', 'M14 15c-1.3 1.8-2 2.7-2 3.7a2 2 0 0 0 4 0c0-1-.7-1.9-2-3.7Z'],
  toilet: ['M7 3.5v8', 'M7 11.5h11a5 5 0 0 1-5 5h-2a4 4 0 0 1-4-5', 'M10 16.5l-.5 4h6l-.5-4', 'M7 4h3v7.5'],
  wires: ['M6 21V4', 'M3 7h6', 'M18 21V4', 'M15 7h6', 'M6 7c3 4 9 4 12 0', 'M6 10c3 5 9 5 12 0'],
  stall: ['M4 9.5 5.5 5h13L20 9.5', 'M4 9.5a2.7 2.7 0 0 0 5.3 0 2.7 2.7 0 0 0 5.4 0 2.7 2.7 0 0 0 5.3 0', 'M6 12.5V20', 'M18 12.5V20', 'M6 16h12'],
  parking: ['M4 16.5v-4l2-5.5h12l2 5.5v4Z', 'M4.5 12.5h15', 'M6 16.5V19', 'M18 16.5V19', 'M7.5 14.5h.01', 'M16.5 14.5h.01'],
  building: ['M5 20.5V9l7-5 7 5v11.5Z', 'M9 20.5v-6h6v6', 'M4 4l16 16'],
  stack: ['M4 20V14h7v6Z', 'M13 20v-6h7v6Z', 'M8.5 14V8h7v6', 'M10.5 10h3'],
  poster: ['M6 3.5h12V17l-3.5 3.5H6Z', 'M18 17h-3.5v3.5', 'M9 8h6', 'M9 11.5h6', 'M9 15h3'],
  road: ['M8 4 4 20', 'M16 4l4 16', 'M12 4.5v3', 'M12 11l-1.5 2 3 2-1.5 3'],
  plant: ['M12 20.5v-9', 'M12 14c-5 0-6.5-3-6.5-7C10 7 12 9.5 12 14Z', 'M12 12c0-4 2-6.5 6.5-6.5 0 4-2 6.5-6.5 6.5Z', 'M7 20.5h10'],
  lamp: ['M9 21V6a3 3 0 0 1 3-3h3', 'M13 7.5a3.5 3.5 0 0 1 7 0Z', 'M6.5 21h5', 'M16.5 10.5v2'],
  pond: ['M3 9c2-2 4-2 6 0s4 2 6 0 4-2 6 0', 'M3 14c2-2 4-2 6 0s4 2 6 0 4-2 6 0', 'M3 19c2-2 4-2 6 0s4 2 6 0 4-2 6 0'],
  house: ['M4 11.5 12 4.5l8 7', 'M6 10v10.5h12V10', 'M12 9l-1.5 3.5 3 2L12 18'],
  fire: ['M12 3c.5 4 5 5.5 5 11a5 5 0 0 1-10 0c0-2.5 1.5-3.5 2-5.5 1.5.8 2 2 2 3.5 1.5-1.5 2-4.5 1-9Z'],
  animal: ['M6 12c0-3 2-5 6-5h5l3 3-2 2v7', 'M6 12v7', 'M9.5 14.5V19', 'M14.5 14.5V19', 'M6 12 3.5 9.5'],
  drain: ['M4 5.5h16v13H4Z', 'M8 8.5v7', 'M12 8.5v7', 'M16 8.5v7'],
  plain: ['M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Z', 'M12 8v5', 'M12 16h.01'],
}

const same: Readonly<Record<string, string>> = {
  garbage: 'rubbish',
  waste: 'rubbish',
  trash: 'rubbish',
  rubble: 'debris',
  cables: 'wires',
  wire: 'wires',
  vendor: 'stall',
  stalls: 'stall',
  car: 'parking',
  construction: 'building',
  boxes: 'stack',
  posters: 'poster',
  graffiti: 'poster',
  green: 'plant',
  tree: 'plant',
  light: 'lamp',
  water: 'pond',
  river: 'pond',
  'unsafe-house': 'house',
}

export function categoryPicture(name: string): readonly string[] {
  return pictures[name] ?? pictures[same[name] ?? ''] ?? pictures['plain'] ?? []
}
