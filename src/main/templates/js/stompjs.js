/** STOMP.js, as a WebJar has it. The build puts in the version. */
export * from '../webjars/stomp__stompjs/${stompjs.version}/esm6/index.js';
