/** What the tests run, as the build has unpacked and compiled it. */
export * from '../../../target/node/node_modules/stompline/stompline.js';
export * from '../../../target/node/node_modules/stompline/stompline-socket.js';
export { Client } from '../../../target/node/node_modules/@stomp/stompjs/esm6/index.js';
