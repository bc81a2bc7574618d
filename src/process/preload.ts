/** NODE_OPTIONS that load a file of ours before what the user sets: it comes first, so nothing is patched when it is loaded. */
export const preloading = (file: string, options: string | undefined): string => {
  const quoted = `--require "${file.replaceAll(/["\\]/g, '\\$&')}"`;
  return options === undefined ? quoted : `${quoted} ${options}`;
};
