// Stands in for what the window puts into the page: the commands over HTTP, the events over an event stream. It hears the
// events once the page listens to one, and is there before the page's own modules.
{
  const here = new URL('.', location.href);
  /** @type {EventSource | undefined} */
  let source;
  window.__TAURI__ = {
    core: {
      async invoke(command, args = {}) {
        const reply = await fetch(new URL(`command/${command}`, here), { method: 'POST', body: JSON.stringify(args) });
        const answer = await reply.json();
        if (!reply.ok) throw answer;
        return answer;
      },
    },
    event: {
      async listen(event, handler) {
        source ??= new EventSource(new URL('events', here));
        source.addEventListener(event, () => handler());
      },
    },
  };
}
