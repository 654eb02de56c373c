/* Lets each encoded frame through or loses it, before it is cut into packets. */
addEventListener("rtctransform", ({ transformer }) => {
  const { rate } = transformer.options;
  const sieve = new TransformStream({
    transform(frame, out) {
      if (Math.random() >= rate) out.enqueue(frame);
    },
  });
  transformer.readable.pipeThrough(sieve).pipeTo(transformer.writable).catch(() => undefined);
});
