/** What the sandbox needs of WebAssembly, which the types of Node leave to the DOM. */
declare namespace WebAssembly {
  interface Memory {
    readonly buffer: ArrayBuffer
  }
  const Memory: new (size: { readonly initial: number; readonly maximum: number }) => Memory
}
