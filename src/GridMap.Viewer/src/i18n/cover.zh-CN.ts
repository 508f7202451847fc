/** What the public sees of a pair of photos, and what is covered of it. */
export default {
  cover: {
    section: '曝光台',
    title: '公开前后对比',
    note: '公众只会看到遮挡后的副本；原图只有处理人能看。',
    how: '在照片上拖出方框，盖住人脸、车牌、门牌和单据。方框可拖动，右下角可改大小；用键盘：方向键移动，Shift+方向键改大小，Delete 删除。',
    before: '整改前',
    after: '整改后',
    photo: '第 {n} 张',
    one: '遮挡 {n}：左 {x}%，上 {y}%，宽 {width}%，高 {height}%',
    add: '加一块遮挡',
    remove: '删除这一块',
    count: '已遮挡 {n} 处',
    show: '公开',
    open: '选照片并公开…',
    change: '重新选择…',
    conceal: '从曝光台撤下',
    shown: '公众现在看到的就是上面这两张。',
    hidden: '没有公开。公开前要选好照片，盖住人脸和车牌。',
  },
}
