/** Reads the square on the card with the camera; no picture leaves this function. */

const PATIENCE = 60_000;

/**
 * @param {HTMLVideoElement} video
 * @returns {Promise<string | null>} what the square holds; null without a camera, or in a minute
 */
export async function scanned(video) {
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    return null;
  }
  try {
    video.srcObject = stream;
    video.hidden = false;
    await video.play();
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    for (const until = Date.now() + PATIENCE; Date.now() < until; ) {
      const [found] = await detector.detect(video);
      if (found) return found.rawValue;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return null;
  } catch {
    return null;
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
    video.hidden = true;
  }
}
