/** What the public sees of a pair of photos, and what is covered of it. */
export default {
  cover: {
    section: 'Exposure board',
    title: 'Show before and after',
    note: 'The public only gets copies with what you cover burnt in; the photos themselves stay with who handles the issue.',
    how: 'Draw boxes on the photos over faces, number plates, door numbers and papers. A box can be dragged, and resized at its lower right corner; by keys: arrows move it, Shift and arrows resize it, Delete removes it.',
    before: 'Before',
    after: 'After',
    photo: 'Photo {n}',
    one: 'Cover {n}: {x}% from the left, {y}% from the top, {width}% wide, {height}% high',
    add: 'Add a cover',
    remove: 'Remove this one',
    count: '{n} covered',
    show: 'Show to the public',
    open: 'Choose photos and show…',
    change: 'Choose anew…',
    conceal: 'Take back from the board',
    shown: 'The two above are what the public sees now.',
    hidden: 'Not shown. Before it is, photos are chosen, and faces and plates covered.',
  },
}
