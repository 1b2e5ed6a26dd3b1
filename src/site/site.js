/** The pages that the guide links to where no server is, in the place of the file of the WAR. */
export const pages = [
  { href: './', name: 'Guide' },
  { href: 'apidocs/index.html', name: 'Java API' },
];
