// Tree: nodes made one by one, because a strict page lets no script turn a text into markup.

const TAGS = /^(section|h[1-6]|p|div|span|ul|li|details|summary|a|bdi|small|strong|time)$/;
const ATTRIBUTES = /^(class|id|lang|dir|rel|aria-labelledby|data-nosnippet|datetime)$/;

// A node is a text, a number in the grove, or a list of a tag, its attributes and its children.
export const built = (node, grove) => {
  if (typeof node === "string") return document.createTextNode(node);
  const [tag, attributes, ...children] = typeof node === "number" ? grove[node] : node;
  const made = TAGS.test(tag) ? document.createElement(tag) : document.createDocumentFragment();
  if (made.setAttribute)
    for (const [name, value] of Object.entries(attributes))
      if (ATTRIBUTES.test(name) || (name === "href" && /^https:\/\//.test(value))) made.setAttribute(name, value);
  made.append(...children.map((child) => built(child, grove)));
  return made;
};
