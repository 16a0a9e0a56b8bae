// One connection for all tabs of a browser: the tab that holds the lock has it and tells the others over a channel. Every piece of news has its place in the journal; nobody
// shows one twice or misses one: a tab says from where it needs them, and the holder remembers the last ones.
const REMEMBERED = 2000;
const SILENCE = 40000;

export function follow(position, state, { news, time }) {
  const channel = new BroadcastChannel("ainalym-live");
  let last = position;
  let remembered = [];
  let source = null;
  let heard = Date.now();

  const show = name => {
    if (!state) return;
    state.hidden = false;
    state.dataset.state = name;
    const text = state.dataset[name.replace(/-(\w)/, (_, letter) => letter.toUpperCase())];
    if (state.textContent !== text) state.textContent = text;
  };

  const take = item => {
    if (item.at <= last) return;
    last = item.at;
    if (item.name === "reload") location.reload();
    else news(item.name, item.data);
  };

  const told = message => {
    heard = Date.now();
    if (message.time) time(message.time);
    if (message.state) show(message.state);
    if (message.item) take(message.item);
    if (message.items) message.items.forEach(take);
    if (message.gone && message.to === me) location.reload();
    if (message.after !== undefined && source) answer(message);
  };

  const me = `${Date.now()}-${Math.random()}`;
  channel.onmessage = event => told(event.data);
  const tell = message => { channel.postMessage(message); told(message); };

  const answer = ({ after, from }) => {
    if (remembered.length > 0 && remembered[0].at > after + 1 && remembered.length >= REMEMBERED) channel.postMessage({ gone: true, to: from });
    else channel.postMessage({ items: remembered.filter(item => item.at > after), state: state?.dataset.state ?? "live" });
  };

  const names = ["listed", "changed", "bid", "sealed-bid", "frozen", "resumed", "awarded", "unsold", "cancelled", "reload"];
  const connect = () => {
    source?.close();
    tell({ state: "catching-up" });
    source = new EventSource(`/api/v1/lots/live?after=${last}`);
    const alive = event => {
      const data = JSON.parse(event.data);
      heard = Date.now();
      return { name: event.type, at: Number(event.lastEventId), data };
    };
    source.addEventListener("hello", event => tell({ time: alive(event).data.at, state: "live" }));
    source.addEventListener("beat", event => tell({ time: alive(event).data.at, state: "live" }));
    for (const name of names) {
      source.addEventListener(name, event => {
        const item = alive(event);
        remembered.push(item);
        if (remembered.length > REMEMBERED) remembered = remembered.slice(-REMEMBERED);
        tell({ item, time: null });
      });
    }
    source.onerror = () => {
      tell({ state: navigator.onLine ? "catching-up" : "offline" });
      if (source.readyState === EventSource.CLOSED) setTimeout(connect, 3000);
    };
  };

  // A connection that died without a word (a tunnel, a sleeping phone) is noticed by its silence.
  setInterval(() => { if (source && Date.now() - heard > SILENCE) connect(); }, 5000);
  addEventListener("offline", () => tell({ state: "offline" }));
  addEventListener("online", () => { if (source) connect(); });
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", event => { if (event.persisted) location.reload(); });

  show("catching-up");
  channel.postMessage({ after: last, from: me });
  if (!navigator.locks) return connect();
  navigator.locks.request("ainalym-live", () => new Promise(() => connect()));
}
