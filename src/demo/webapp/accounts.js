/**
 * The demo's accounts; the passcodes are no secret.
 *
 * @type {{login: string, passcode: string}[]}
 */
export const accounts = ['user1', 'user2', 'admin'].map((name) => ({ login: name, passcode: name }));
