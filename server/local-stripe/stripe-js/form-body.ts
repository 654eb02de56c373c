/** Nested values as a form writes them: `card[number]=…&items[0]=…`. What is undefined is left out. */
export function formBody(values: object): URLSearchParams {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) append(body, name, value);
  return body;
}

function append(body: URLSearchParams, name: string, value: unknown): void {
  if (value === undefined) return;
  if (typeof value !== "object" || value === null) {
    body.append(name, String(value ?? ""));
    return;
  }
  for (const [key, inner] of Object.entries(value)) append(body, `${name}[${key}]`, inner);
}
