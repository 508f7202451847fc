/** The longer side of a photo as it is sent. Enough to read a licence plate, a tenth of a phone's original. */
const longest = 1600
const quality = 0.82

/** The size within `longest`, never larger than the original, never below one pixel. */
export function fitted(width: number, height: number, most: number = longest): { width: number; height: number } {
  const scale = Math.min(1, most / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/**
 * The photo as a JPEG of at most 1600 px, upright as its EXIF says. Drawing it anew leaves all metadata behind, the
 * place where it was taken among them. Throws where the browser cannot read the file as a picture.
 */
export async function shrinkPhoto(file: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
  try {
    const { width, height } = fitted(bitmap.width, bitmap.height)
    const canvas = document.createElement('canvas')
    canvas.width = width
    canvas.height = height
    const context = canvas.getContext('2d')
    if (!context) throw new Error('No 2D canvas')
    // A transparent picture would turn black as JPEG.
    context.fillStyle = '#fff'
    context.fillRect(0, 0, width, height)
    context.imageSmoothingQuality = 'high'
    context.drawImage(bitmap, 0, 0, width, height)
    return await new Promise<Blob>((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be encoded'))), 'image/jpeg', quality),
    )
  } finally {
    bitmap.close()
  }
}
