export {};

declare global {
  interface Window {
    /** Put there by the shell (`withGlobalTauri`); absent in an ordinary browser. */
    __TAURI__?: {
      core: { invoke(command: string, args?: object): Promise<unknown> };
      event: { listen(event: string, handler: () => void): Promise<unknown> };
    };
  }
}
