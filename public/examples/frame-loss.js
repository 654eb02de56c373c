/* Lets each encoded frame through or loses it, before it is cut into packets. */
let rate = 0;

addEventListener("message", ({ data }) => {
  rate = data.rate;
});

addEventListener("rtctransform", ({ transformer }) => {
  const sieve = new TransformStream({
    transform(frame, out) {
      if (Math.random() >= rate) out.enqueue(frame);
    },
  });
  transformer.readable.pipeThrough(sieve).pipeTo(transformer.writable).catch(() => undefined);
});
