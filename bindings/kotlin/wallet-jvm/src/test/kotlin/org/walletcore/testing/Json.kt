package org.walletcore.testing

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** JSON to be looked into: what is not there is `null`. */
class Json(val element: JsonElement?) {
    constructor(text: String) : this(kotlinx.serialization.json.Json.parseToJsonElement(text))

    operator fun get(name: String) = Json((element as? JsonObject)?.get(name))
    operator fun get(index: Int) = Json((element as? JsonArray)?.getOrNull(index))

    val text: String? get() = (element as? JsonPrimitive)?.takeIf { it.isString }?.content
    val isTrue: Boolean get() = element == JsonPrimitive(true)
    val size: Int get() = (element as? JsonArray)?.size ?: names.size

    /** The members' names, sorted. */
    val names: List<String> get() = (element as? JsonObject)?.keys?.sorted().orEmpty()
}
