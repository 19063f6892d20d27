// Makes a photo small enough for a slow connection before it is sent. What cannot be read here is sent as it is, and
// the server says what is wrong with it.

const SIDE = 2_048; // pixels; the server keeps no more
const SMALL = 700_000; // bytes that are sent as they are
const QUALITY = 0.85;

export async function shrink(file) {
  if (file.size <= SMALL || !globalThis.createImageBitmap) return file;
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, SIDE / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const small = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    return small && small.size < file.size ? small : file;
  } catch {
    return file;
  }
}

// Degrees, or null where the phone does not know, the person does not want, or the page is not served securely.
export function position() {
  return new Promise((resolve) => {
    if (!navigator.geolocation) return resolve(null);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve([coords.latitude, coords.longitude]),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 },
    );
    return undefined;
  });
}
