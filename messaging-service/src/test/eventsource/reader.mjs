// Reads the stream at the given address as a browser would, and prints each event as a line of JSON. It goes on, over lost
// connections, until the server wants it to stop.
import { EventSource } from 'eventsource';

const names = process.argv.slice(3);
const source = new EventSource(process.argv[2]);
for (const name of names) {
  source.addEventListener(name, (event) => {
    console.log(JSON.stringify({ name, id: event.lastEventId, data: event.data }));
  });
}
source.addEventListener('error', (event) => {
  if (source.readyState === EventSource.CLOSED) {
    console.log(JSON.stringify({ name: 'closed', id: '', data: String(event.code) }));
    process.exit(0);
  }
  console.log(JSON.stringify({ name: 'lost', id: '', data: '' }));
});
