/**
 * Line pictures of the categories, 24 x 24, drawn for this program; a category names its own by `picture`. A name that
 * is not here gets the plain one: the category's name stands under it anyway.
 */
const pictures: Readonly<Record<string, readonly string[]>> = {
  // Rubbish, sewage, toilets.
  rubbish: ['M9 8c-4 2.5-5.5 6-5.5 8.5 0 2.5 2 3.5 8.5 3.5s8.5-1 8.5-3.5c0-2.5-1.5-6-5.5-8.5', 'M8.5 8h7', 'M9.5 8 8 4.5l2.5 1L12 4l1.5 1.5 2.5-1L14.5 8'],
  corner: ['M4 4v16h16', 'M4 12h4v4h4v4', 'M15.5 15.5l3-3', 'M15.5 12.5l3 3'],
  rubble: ['M3 19.5h18', 'M5 19.5l3.5-6.5 4 1.5 2.5 5', 'M10 13.5l3-6 4.5 2.5 2.5 9.5', 'M13 7.5l2.5 5'],
  sewage: ['M3.5 6H11a5 5 0 0 1 5 5v1.5', 'M3.5 11H10a1 1 0 0 1 1 1v.5', 'M9.5 12.5h8', 'M13.5 15.5c-1.3 1.7-2 2.6-2 3.5a2 2 0 0 0 4 0c0-.9-.7-1.8-2-3.5Z'],
  toilet: ['M7 3.5h3.5v8', 'M7 3.5v8h11a5 5 0 0 1-5 5h-1.5A4.5 4.5 0 0 1 7 12', 'M10 16.5l-.5 4h6l-.5-4.5'],
  bin: ['M5 8.5h14', 'M6.5 8.5l1 11.5h9l1-11.5', 'M10.2 12v5', 'M13.8 12v5', 'M7 5.5l2.5 1', 'M12 3.5v3', 'M17 5.5l-2.5 1'],
  // Six disorders.
  hanging: ['M3 6c4 2.5 14 2.5 18 0', 'M7.5 7.5l-1 8.5h5l-1-8', 'M14 8v4.5l2 6 2-6V7'],
  vending: ['M4 9.5 5.5 5h13L20 9.5', 'M4 9.5a2.7 2.7 0 0 0 5.3 0 2.7 2.7 0 0 0 5.4 0 2.7 2.7 0 0 0 5.3 0', 'M6 12.5V20', 'M18 12.5V20', 'M6 16h12'],
  parking: ['M4 16.5v-4l2-5.5h12l2 5.5v4Z', 'M4.5 12.5h15', 'M6 16.5V19', 'M18 16.5V19', 'M7.5 14.5h.01', 'M16.5 14.5h.01'],
  shed: ['M3.5 10 19 5l1.5 3', 'M5.5 9.5V20', 'M18.5 7v13', 'M3.5 20h17', 'M9 20v-6.5h6V20'],
  pile: ['M4 20V14h7v6Z', 'M13 20v-6h7v6Z', 'M8.5 14V8h7v6', 'M10.5 10.5h3'],
  bills: ['M6 3.5h12V17l-3.5 3.5H6Z', 'M18 17h-3.5v3.5', 'M9 8h6', 'M9 11.5h6', 'M9 15h3'],
  // Overhead lines.
  power: ['M8 21 10.5 3.5h3L16 21', 'M6 8h12', 'M5 12h14', 'M9.2 12.5l5.8 8', 'M14.8 12.5 9 20.5'],
  telephone: ['M6 21V4', 'M18 21V4', 'M3.5 7h5', 'M15.5 7h5', 'M6 7c2 8.5 10 8.5 12 0', 'M6 7c3 3.5 9 3.5 12 0'],
  cable: ['M4 8h16v10H4Z', 'M8.5 4 12 8l3.5-4', 'M9 11l6 4.5', 'M15 11l-6 4.5'],
  // Unsafe houses.
  mudhouse: ['M3.5 11.5 12 4.5l8.5 7', 'M5.5 10v10h13V10', 'M12 9.5l-1.5 3.5 3 2-1.5 5'],
  wall: ['M4 20V9l4 2 3-4 3 5 3-1.5L20 14v6Z', 'M4 15.5h16', 'M9 11v4.5', 'M14 15.5V20'],
  // Water.
  floating: ['M3 14c2-2 4-2 6 0s4 2 6 0 4-2 6 0', 'M3 19c2-2 4-2 6 0s4 2 6 0 4-2 6 0', 'M10 10.5 9 5.5h2.5V3.5h2v2H16l-1 5'],
  foul: ['M3 14c2-2 4-2 6 0s4 2 6 0 4-2 6 0', 'M3 19c2-2 4-2 6 0s4 2 6 0 4-2 6 0', 'M8 10c-1.5-2 1.5-3.5 0-6', 'M12 10c-1.5-2 1.5-3.5 0-6', 'M16 10c-1.5-2 1.5-3.5 0-6'],
  hyacinth: ['M3 19c2-2 4-2 6 0s4 2 6 0 4-2 6 0', 'M12 16V9', 'M12 14.5c-5 .5-7-1.5-7.5-5 4-.5 7 1 7.5 5Z', 'M12 14.5c5 .5 7-1.5 7.5-5-4-.5-7 1-7.5 5Z', 'M12 9c-1.8-1.5-1.8-3.5 0-5 1.8 1.5 1.8 3.5 0 5Z'],
  // Works and greenery.
  road: ['M8 4 4 20', 'M16 4l4 16', 'M12 4.5v3', 'M12 11l-1.5 2.5 3 2L12 19.5'],
  lamp: ['M8 21V7a3.5 3.5 0 0 1 3.5-3.5H15', 'M12.5 8a3.5 3.5 0 0 1 7 0Z', 'M5.5 21h5', 'M13.5 11.5l5 5', 'M18.5 11.5l-5 5'],
  manhole: ['M12 6.5c5 0 9 2.5 9 5.5s-4 5.5-9 5.5-9-2.5-9-5.5 4-5.5 9-5.5Z', 'M8 10.5h8', 'M7 13.5h10', 'M12 7v10'],
  plants: ['M12 20.5v-9', 'M12 14c-5 0-6.5-3-6.5-7C10 7 12 9.5 12 14Z', 'M12 12c0-4 2-6.5 6.5-6.5 0 4-2 6.5-6.5 6.5Z', 'M7 20.5h10'],
  plain: ['M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Z', 'M12 8v5', 'M12 16h.01'],
}

export function categoryPicture(name: string): readonly string[] {
  return pictures[name] ?? pictures['plain'] ?? []
}

/** The names that a category may choose from. */
export const pictureNames: readonly string[] = Object.keys(pictures)
